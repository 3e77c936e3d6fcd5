"""The app that `uvicorn api.main:app` serves."""

from api.app import create_app

app = create_app()
