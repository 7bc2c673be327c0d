from sqlalchemy.orm import configure_mappers

from stranas import create_app

app = create_app()
configure_mappers()  # 0.2 s that the first reader of each worker would wait for
