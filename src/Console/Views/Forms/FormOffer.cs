namespace EdgeEnforcement.OperatorConsole.Views.Forms;

/// <summary>What may be chosen for a field, by value and word.</summary>
/// <param name="IsWhole">There is nothing else; otherwise a value that is not among them may be typed.</param>
public sealed record FormOffer(IReadOnlyList<(string Value, string Word)> Known, bool IsWhole = true)
{
    public static readonly FormOffer None = new([]);

    /// <summary>The value itself where nothing is known of it.</summary>
    public string WordOf(string value) => Known.FirstOrDefault(known => known.Value == value).Word?.TrimStart('　') ?? value;
}
