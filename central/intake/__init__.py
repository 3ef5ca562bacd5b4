"""How a sealed packet becomes an application with documents, and how answers travel back to the village."""
