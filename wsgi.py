"""What a WSGI server imports."""

from portal.app import create_app, settle

app = create_app()
settle()
