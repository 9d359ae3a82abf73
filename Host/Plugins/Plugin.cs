using Disguise.LibOS.Composition;

namespace Disguise.Host.Plugins;

/// <summary>What a library from outside brings.</summary>
/// <param name="Path">The library's full path.</param>
/// <param name="Architectures">Its architectures, by name; one at least.</param>
internal sealed record Plugin(string Path, IReadOnlyList<IArchitecture> Architectures);
