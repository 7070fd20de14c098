using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>The rules of the process in force, to read.</summary>
public sealed class RulesBookView(ProcedureQueries queries)
{
    public RulesView Seen { get; private set; } = new();

    public RulesBook Book { get; private set; } = RulesBook.None;

    public async Task ReadAsync(ulong atLeast, CancellationToken cancellation)
    {
        Seen = await queries.GetRulesAsync(atLeast, cancellation);
        Book = RulesBook.Read(Seen);
    }
}
