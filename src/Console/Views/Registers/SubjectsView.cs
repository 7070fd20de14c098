using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using Google.Protobuf;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>A register as a plain list, and the one of it that is looked at.</summary>
public sealed class SubjectsView(RegisterQueries queries, RegisterChoices choices, TimeProvider time)
{
    /// <summary>What the rows are of.</summary>
    public RegisterKind Kind { get; private set; }

    public RegisterPage Page { get; private set; } = new();

    public UnitNames Units { get; private set; } = UnitNames.None;

    public SubjectDetail? Chosen { get; private set; }

    /// <summary>Names of what the rows name.</summary>
    public RegisterChoices Choices => choices;

    public DateTimeOffset Now => time.GetUtcNow();

    public async Task ReadAsync(ListRegisterRequest request, string? chosen, CancellationToken cancellation)
    {
        Units = new UnitNames(await queries.AllAsync(RegisterKind.Unit, request.AtLeast, cancellation));
        if (Content(request.Kind) is { } content)
            await choices.ReadAsync(FormFields.KindsIn(content.Descriptor), request.AtLeast, cancellation);
        var page = await queries.ListAsync(request, cancellation);
        var detail = chosen is { Length: > 0 } ? await queries.FindAsync(request.Kind, chosen, request.AtLeast, cancellation) : null;
        (Kind, Page, Chosen) = (request.Kind, page, detail);
    }

    /// <summary>What fits into a row: not what has rows of its own.</summary>
    public static IReadOnlyList<FormField> Columns(RegisterKind kind) =>
        Content(kind) is { } content ? [.. FormFields.Of(content.Descriptor).Where(field => field.Input is not (FormInput.Rows or FormInput.Paragraph))] : [];

    private static IMessage? Content(RegisterKind kind) => FormFields.ContentOf(RegisterDrafts.New(kind));
}
