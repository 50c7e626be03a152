"""What a person types: one form for one record, the file to read, and the filters of lists."""
