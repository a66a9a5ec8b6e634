"""A clean copy of a file: the same to look at, without what it tells about who made it, where and with what.

What can be drawn or written anew is (pictures, PDF, office files, text); of films and sounds the picture and the sound
stay as they are and everything around them goes. All of it happens in a process of its own (`apart`).
"""
