"""Teams, and the one door of the program. The only room that knows Bot Framework."""
