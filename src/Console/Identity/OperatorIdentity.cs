using System.Text.Json;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Identity;

/// <summary>Who sits at the console, as the act will name them.</summary>
public sealed record OperatorIdentity(string Id, string Name, string Unit)
{
    public const string Cookie = "ee-operator";

    // A cookie of its own maximum length is a few hundred bytes; more is not ours.
    private const int MaximumCookieChars = 2048;
    private const int MaximumFieldChars = 64;

    public static OperatorIdentity Nobody { get; } = new("", "", "");

    public bool IsKnown => Id.Length > 0 && Name.Length > 0;

    public Actor ToActor() => new() { Id = Id, Name = Name, Unit = Unit };

    public string ToCookie() => Uri.EscapeDataString(JsonSerializer.Serialize(new[] { Id, Name, Unit }));

    public static OperatorIdentity FromCookie(string? cookie)
    {
        if (string.IsNullOrEmpty(cookie) || cookie.Length > MaximumCookieChars)
            return Nobody;
        try
        {
            return JsonSerializer.Deserialize<string[]>(Uri.UnescapeDataString(cookie)) is [var id, var name, var unit]
                ? new(Cut(id), Cut(name), Cut(unit))
                : Nobody;
        }
        catch (JsonException)
        {
            return Nobody; // somebody else's cookie under our name: ask again
        }
    }

    private static string Cut(string? value) =>
        value is null ? "" : value.Trim() is { Length: > MaximumFieldChars } longer ? longer[..MaximumFieldChars] : value.Trim();
}
