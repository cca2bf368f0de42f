"""Who somebody is: registration, sign-in and out, second factor, sessions. Makes the actor; knows no rights of its own.

The only package that imports Flask-Security.
"""
