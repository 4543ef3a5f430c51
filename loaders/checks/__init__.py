"""The checks of a return: each looks for one kind of mistake and adds a finding at its cell."""
