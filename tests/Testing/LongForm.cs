using System.Globalization;

namespace EdgeEnforcement.Testing;

/// <summary>The long forms of the suites: <c>EE_LONG=1</c> asks for them, <c>EE_SEED</c> repeats the choices of a run that printed its seed.</summary>
public static class LongForm
{
    public static bool IsWanted => Environment.GetEnvironmentVariable("EE_LONG") == "1";

    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("EE_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var given)
            ? given
            : Environment.ProcessId;
}
