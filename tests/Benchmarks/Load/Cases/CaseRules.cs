using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>What variants are decided with.</summary>
/// <param name="Entry">Of the rules in the ledger.</param>
internal sealed record CaseRules(RegisterBook Book, ProcedureRules Rules, ulong Entry);
