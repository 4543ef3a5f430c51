"""The monthly meeting as data: its seven pages with their titles, and the bulletin's opening paragraph."""
