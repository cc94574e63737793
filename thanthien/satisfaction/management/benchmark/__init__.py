"""`thanthien bench_ratings`: answers by link, sent to a server of its own on a database of its own."""
