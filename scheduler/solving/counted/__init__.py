"""Large programmes with many parallel rooms: a search that counts sessions and rooms instead of naming them."""
