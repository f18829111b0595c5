def _sluice_onstart(log):
    print("x")
def _sluice_onsuccess(log): print("q")
def _sluice_onerror(log):
    # c
    shell("x")

    y
