namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>A binding in its book, in the lists of its frame and of its environment.</summary>
internal struct BindingRecord
{
    /// <summary>What leads where.</summary>
    public Binding Binding;

    /// <summary>The next to the same frame; -1 at the end.</summary>
    public int NextOfFrame;

    /// <summary>The one before to the same frame; -1 at the beginning.</summary>
    public int PreviousOfFrame;

    /// <summary>The next of the same environment; -1 at the end.</summary>
    public int NextOfEnvironment;

    /// <summary>The one before of the same environment; -1 at the beginning.</summary>
    public int PreviousOfEnvironment;
}
