using System.Reflection;
using Disguise.Host.Experiments.Addresses;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Plugins;

/// <summary>Loads libraries from outside. What is loaded stays: a run may need it to its end.
/// </summary>
internal static class PluginLoader
{
    private const string Ours = "Disguise.";
    private static readonly Lock Gate = new();
    private static readonly SortedDictionary<string, Plugin> Loaded = new(StringComparer.Ordinal);

    /// <summary>Every architecture that was loaded, by the order of their libraries' paths.
    /// </summary>
    public static IReadOnlyList<IArchitecture> Architectures
    {
        get
        {
            lock (Gate)
                return [.. Loaded.Values.SelectMany(plugin => plugin.Architectures)];
        }
    }

    /// <summary>Loads a library, or finds it loaded.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="taken">Names that no architecture of it may have.</param>
    /// <exception cref="PluginException">It cannot be used.</exception>
    public static Plugin Load(string path, IReadOnlyCollection<string> taken)
    {
        var fullPath = Path.GetFullPath(path);
        lock (Gate)
        {
            if (!Loaded.TryGetValue(fullPath, out var plugin))
            {
                string[] names = [.. taken, .. Loaded.Values.SelectMany(NamesOf)];
                plugin = Read(fullPath, names);
                Loaded.Add(fullPath, plugin);
            }

            return plugin;
        }
    }

    private static Plugin Read(string path, IReadOnlyCollection<string> taken)
    {
        if (!File.Exists(path))
            throw new PluginException("there is no such file", "a library, built before");
        RequireAssembly(path);
        try
        {
            var assembly = new PluginContext(path).LoadFromAssemblyPath(path);
            RequireOurVersion(assembly);
            var architectures = assembly.GetExportedTypes().Where(IsArchitecture)
                .OrderBy(type => type.FullName, StringComparer.Ordinal).Select(Make).ToArray();
            if (architectures.Length == 0)
            {
                throw new PluginException(
                    "no architecture in it",
                    $"a public class that is an {nameof(IArchitecture)} and needs no arguments");
            }

            Check(architectures, taken);
            return new Plugin(path, architectures);
        }
        catch (Exception cause) when (cause is TypeLoadException or MissingMemberException
            or FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            throw new PluginException($"does not fit this version: {cause.Message}");
        }
    }

    private static void RequireAssembly(string path)
    {
        try
        {
            AssemblyName.GetAssemblyName(path);
        }
        catch (BadImageFormatException)
        {
            throw new PluginException("is no .NET library", "the path of a .dll");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new PluginException($"cannot be read: {cause.Message}");
        }
    }

    /// <summary>Before 1.0 each version may differ: a plug-in is built for one of them.</summary>
    private static void RequireOurVersion(Assembly assembly)
    {
        var here = typeof(IArchitecture).Assembly.GetName().Version;
        foreach (var used in assembly.GetReferencedAssemblies())
        {
            if (used.Name!.StartsWith(Ours, StringComparison.Ordinal) && used.Version != here)
            {
                throw new PluginException(
                    $"was built for {used.Name} {used.Version}", $"version {here}");
            }
        }
    }

    private static bool IsArchitecture(Type type) =>
        typeof(IArchitecture).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false }
        && type.GetConstructor(Type.EmptyTypes) is not null;

    private static IArchitecture Make(Type type)
    {
        try
        {
            return (IArchitecture)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException cause)
        {
            throw new PluginException($"{type.FullName}: {cause.InnerException!.Message}");
        }
    }

    private static void Check(
        IReadOnlyList<IArchitecture> architectures, IReadOnlyCollection<string> taken)
    {
        var names = new HashSet<string>(taken);
        foreach (var architecture in architectures)
        {
            if (!Address.IsName(architecture.Name))
            {
                throw new PluginException(
                    $"{architecture.GetType().FullName} has a name that is none",
                    "[a-z][a-z0-9-]*");
            }

            if (!names.Add(architecture.Name))
            {
                throw new PluginException(
                    $"architecture {architecture.Name} is there already", "a name of its own");
            }

            if (architecture.Interfaces.Count == 0)
                throw new PluginException($"architecture {architecture.Name} has no interface");
        }
    }

    private static IEnumerable<string> NamesOf(Plugin plugin) =>
        plugin.Architectures.Select(architecture => architecture.Name);
}
