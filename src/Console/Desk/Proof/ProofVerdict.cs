namespace EdgeEnforcement.OperatorConsole.Desk.Proof;

/// <summary>The one word beside the footage.</summary>
public enum ProofVerdict
{
    /// <summary>Under way.</summary>
    Checking,

    /// <summary>Every step of the service's check and of the console's own passed.</summary>
    Passed,

    /// <summary>At least one step found a difference.</summary>
    Failed,

    /// <summary>The bytes are not here yet: manifest anchored, nothing to compare.</summary>
    NotYet,

    /// <summary>The content was lawfully deleted; leaf and inclusion were checked.</summary>
    Erased,

    /// <summary>Could not be run (service away); says nothing about the evidence.</summary>
    NotRun,
}
