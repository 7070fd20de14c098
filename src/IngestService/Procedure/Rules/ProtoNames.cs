using System.Reflection;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>Names of an enum of the wire as the rules file writes them: as in the proto, without their prefix ("FILE", "B4_SUSPENDED").</summary>
internal static class ProtoNames<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Read();

    public static IReadOnlyDictionary<string, T> All => Values;

    public static string Of(T value) => Values.FirstOrDefault(pair => pair.Value.Equals(value)).Key ?? "UNSPECIFIED";

    private static Dictionary<string, T> Read()
    {
        (string Name, T Value)[] all = [.. typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (field.GetCustomAttribute<OriginalNameAttribute>()?.Name ?? field.Name, (T)(field.GetValue(null) ?? default(T))))];
        string prefix = all.Select(member => member.Name).Single(name => name.EndsWith("UNSPECIFIED", StringComparison.Ordinal))[..^"UNSPECIFIED".Length];
        return all.Where(member => !member.Name.EndsWith("UNSPECIFIED", StringComparison.Ordinal))
            .ToDictionary(member => member.Name[prefix.Length..], member => member.Value, StringComparer.Ordinal);
    }
}
