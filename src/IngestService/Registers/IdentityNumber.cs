using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>公民身份号码, GB 11643-1999 with the check character of ISO 7064 MOD 11-2; and how any number is shown.</summary>
internal static class IdentityNumber
{
    private const string Checks = "10X98765432";

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Null for a number that may exist. The number itself is not repeated: the text goes into answers and logs.</summary>
    public static Said? Fault(string number)
    {
        if (number.Length != 18 || number.AsSpan(0, 17).ContainsAnyExceptInRange('0', '9'))
            return "an identity number has 17 digits and a check character";
        if (!CivilDay.TryParse($"{number[6..10]}-{number[10..12]}-{number[12..14]}", out _))
            return "its date of birth is no day";
        int sum = 0;
        for (int i = 0; i < Weights.Length; i++)
            sum += (number[i] - '0') * Weights[i];
        return char.ToUpperInvariant(number[17]) == Checks[sum % 11] ? null : Said.Of("the check character does not belong to it");
    }

    /// <summary>First three and last two characters; of a short one only its length.</summary>
    public static string Mask(string number) => number.Length >= 9
        ? string.Concat(number.AsSpan(0, 3), new string('*', number.Length - 5), number.AsSpan(number.Length - 2))
        : new string('*', number.Length);

    /// <summary>What two ways of typing one number have in common.</summary>
    public static string Normalize(string number) =>
        number.Normalize(System.Text.NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
}
