"""Sessions and preferences from CSV files and workbooks."""
