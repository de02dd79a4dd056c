"""What importers of line-shaped texts and tables share: lines with byte places, records of CSV files, dates, and what is said of them."""
