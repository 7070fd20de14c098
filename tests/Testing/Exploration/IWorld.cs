namespace EdgeEnforcement.Testing.Exploration;

/// <summary>
/// A small world under exploration: the code under test, a disk, and whoever talks to it. It has no clock, no threads and no chance:
/// the same actions from the start give the same world.
/// </summary>
public interface IWorld
{
    /// <summary>What may happen next, in a fixed order.</summary>
    IReadOnlyList<string> Actions();

    void Apply(string action);

    /// <summary>Actions that may take the place of the one applied last: the same, cut short at each of its steps.</summary>
    IReadOnlyList<string> Variants(string action);

    /// <summary>Throws if a promise is broken now.</summary>
    void Check();

    /// <summary>Equal for worlds that nothing can tell apart from here on.</summary>
    void Describe(BinaryWriter into);

    /// <summary>A copy that goes its own way, when all there is lies on a disk that can be copied; else null.</summary>
    IWorld? Fork();

    /// <summary>Brings everything begun to its end and throws if that cannot be done. The world is not used after.</summary>
    void Settle();
}
