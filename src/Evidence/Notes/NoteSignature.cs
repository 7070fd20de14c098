namespace EdgeEnforcement.Evidence;

/// <summary>One signature line of a note: who, which key, and the bytes after the key ID.</summary>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Value);
