using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.OperatorConsole.Views.Forms;

/// <summary>One field of a message as a form asks for it.</summary>
/// <param name="Of">Whose subjects it names; UNSPECIFIED: none.</param>
/// <param name="Words">Under what its values are worded ("UnitLevel.City"); empty: it has none of its own.</param>
/// <param name="Values">Those that may be chosen; where there are none, the page's choices.</param>
public sealed record FormField(FieldDescriptor Field, FormInput Input, RegisterKind Of, string Words, IReadOnlyList<string> Values)
{
    public string Name => Field.Name;

    public bool IsWide => Input is FormInput.Paragraph or FormInput.Lines or FormInput.Instants or FormInput.SomeOf or FormInput.Found || (Input is FormInput.Text && Name is "name" or "document" or "ground");
}
