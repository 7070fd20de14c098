namespace EdgeEnforcement.OperatorConsole.Desk.Actions;

public enum ActResult
{
    Done,

    /// <summary>The subject moved on since the operator saw it.</summary>
    Conflict,

    /// <summary>The process, or the form of the act, forbids it.</summary>
    Refused,

    /// <summary>No answer came: the act may or may not be in the ledger. Read again before trying again.</summary>
    Unknown,

    /// <summary>Nobody has said who sits at this console.</summary>
    NobodyActs,
}
