"""The monthly meeting as data: its seven or eight pages with their titles, and the bulletin's opening paragraph."""
