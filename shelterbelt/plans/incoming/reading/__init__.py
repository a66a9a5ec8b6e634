"""Reads a Word file or a PDF that a stranger may have made. No Django here: it runs in a process of its own."""
