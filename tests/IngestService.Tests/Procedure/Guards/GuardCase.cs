using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Guards;

/// <summary>One guard seen from both sides: an act that passes, and the same act with one thing wrong.</summary>
/// <param name="Guard">Its name.</param>
/// <param name="What">What is wrong, in a few words; with the guard and the act it names the case.</param>
/// <param name="Act">Whose guard it is.</param>
/// <param name="Ready">A case in which the act passes.</param>
internal sealed record GuardCase(string Guard, string What, Kind Act, Func<Walk> Ready)
{
    /// <summary>Fills the act on both sides.</summary>
    public Action<ProcedureAct> Fill { get; init; } = static _ => { };

    /// <summary>What is wrong with the case.</summary>
    public Action<Walk> Spoil { get; init; } = static _ => { };

    /// <summary>What is wrong with the act.</summary>
    public Action<ProcedureAct> Break { get; init; } = static _ => { };

    public override string ToString() => $"{Guard}: {Act}, {What}";
}
