from stranas import create_app

app = create_app()
