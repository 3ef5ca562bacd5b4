"""What a regency decides and a clerk may look up: villages, services with their promises, the words of the form."""
