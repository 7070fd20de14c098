using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>统一社会信用代码, GB 32100-2015: 18 characters of 31 values, the last one a check character over weights 3^i mod 31.</summary>
internal static class Uscc
{
    private const int Length = 18;
    private const string Values = "0123456789ABCDEFGHJKLMNPQRTUWXY"; // without I, O, S, V, Z (GB 32100 table 3)

    /// <summary>Null for a code that may exist.</summary>
    public static Said? Fault(string code)
    {
        if (code.Length != Length)
            return $"a unified social credit code has {Length} characters, this has {code.Length}";
        int sum = 0, weight = 1;
        for (int i = 0; i < Length - 1; i++)
        {
            int value = Values.IndexOf(code[i], StringComparison.Ordinal);
            if (value < 0)
                return $"'{code[i]}' does not occur in a unified social credit code";
            sum += value * weight;
            weight = weight * 3 % 31;
        }

        char check = Values[(31 - sum % 31) % 31];
        return code[^1] == check ? null : Said.Of($"the check character is '{code[^1]}', '{check}' belongs there");
    }
}
