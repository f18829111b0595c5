class Sample:
    input: str
    output: int = 3
    threads: "Threads"

    def rule(self, shell: str):
        params: dict = {}
