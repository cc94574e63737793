"""`thanthien bench`: how much one machine bears, measured on databases made for the run and thrown away after it.

`prepare` works inside such a database (it has it as DATABASE_URL): migrates, fills, signs officers in, writes down what
is to be asked. `run` stands outside: starts the servers, sends the load, puts the figures beside each other.
"""
