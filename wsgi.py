"""What a WSGI server loads: ``wsgi:app``, configured by XUEDANG_* variables."""

from webapp import create_app

app = create_app()
