namespace EdgeEnforcement.Testing;

/// <summary>One call a program made of the disk.</summary>
public sealed record ShadowCall(int Number, string Kind, string Path)
{
    public override string ToString() => $"{Kind} {Path}";
}
