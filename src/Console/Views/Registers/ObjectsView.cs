using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>
/// Objects found by an exact number or by the beginning of a name; there is no list of all of them. What was searched for stays in the circuit:
/// an identity number in an address would stand in the browser's history.
/// </summary>
public sealed class ObjectsView(RegisterQueries queries)
{
    private const uint RowsPerPage = 50;

    private FindObjectsRequest? _sought;

    public RegisterPage Page { get; private set; } = new();

    public bool Sought => _sought is not null;

    public string Name { get; set; } = "";

    public string Number { get; set; } = "";

    public ObjectKind Kind { get; set; }

    /// <summary>A number goes before a name.</summary>
    public void Seek()
    {
        var (name, number) = (Name.Trim(), Number.Trim());
        _sought = (name, number) switch
        {
            ("", "") => null,
            (_, "") => new FindObjectsRequest { Kind = Kind, Name = name, PageSize = RowsPerPage },
            _ => new FindObjectsRequest { Kind = Kind, Number = number, PageSize = RowsPerPage },
        };
    }

    public void SeekOn() => _sought = _sought is null ? null : new FindObjectsRequest(_sought) { Page = Page.NextPage };

    public async Task ReadAsync(ulong atLeast, CancellationToken cancellation) =>
        Page = _sought is null ? new RegisterPage() : await queries.FindObjectsAsync(new FindObjectsRequest(_sought) { AtLeast = atLeast }, cancellation);
}
