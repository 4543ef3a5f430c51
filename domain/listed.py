"""The two lists of projects: every return, chain of steps and form tells them apart by these codes."""

PROJECTS, INFRASTRUCTURE = "projects", "infrastructure"
LISTS = (PROJECTS, INFRASTRUCTURE)
