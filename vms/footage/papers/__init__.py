"""What the printed papers on footage are filled with."""
