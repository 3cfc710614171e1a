"""HTTP: the API, the status page, health for machines."""
