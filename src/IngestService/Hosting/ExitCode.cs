namespace EdgeEnforcement.IngestService.Hosting;

/// <summary>What the process ends with; docs and start scripts name these.</summary>
internal enum ExitCode
{
    Ok = 0,

    /// <summary>'verify' found differences, or the command line could not be understood.</summary>
    Failed = 1,

    /// <summary>The configuration is not valid; every failure was printed.</summary>
    BadConfiguration = 2,

    /// <summary>The ledger stopped while running: a write had an unknown outcome, or an invariant broke. Start again: recovery decides.</summary>
    LedgerStopped = 3,

    /// <summary>The ledger refused to start: damage, or shorter than it signed. Starting again does not help.</summary>
    LedgerRefused = 4,

    /// <summary>The disk is too full to start: recovery copies one segment. The message names the bytes; free them and start again.</summary>
    NoSpace = 5,
}
