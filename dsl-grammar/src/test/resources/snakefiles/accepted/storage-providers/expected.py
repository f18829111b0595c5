_sluice_.storage_provider("s3", 
    provider="s3",
    retries=3)
_sluice_.storage_provider(None,  provider="x")
_sluice_.storage_provider("x")
    # c
