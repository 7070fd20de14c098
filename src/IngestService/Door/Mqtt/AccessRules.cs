namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>The rules of one file, in their order: the first that is for a client decides. Without one, nobody may anything.</summary>
/// <param name="IsLoopbackOnly">The door refuses to listen anywhere else under these rules.</param>
internal sealed record AccessRules(string Name, bool IsLoopbackOnly, IReadOnlyList<AccessRule> Rules)
{
    public static readonly AccessRules Nobody = new("no file: nobody may connect", IsLoopbackOnly: false, []);
}
