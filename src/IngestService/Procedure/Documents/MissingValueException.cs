namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>A template prints a value nobody gave. Caught by the renderer, which makes a problem of it.</summary>
internal sealed class MissingValueException(string name) : Exception($"nothing stands for {name}")
{
    public string Name { get; } = name;
}
