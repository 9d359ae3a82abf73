using Disguise.LibOS.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Disguise.Host.Tests.Plugins;

/// <summary>Writes libraries as somebody else might have built them.</summary>
internal static class CompiledPlugin
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using Disguise.Kernels.Abstractions;
        global using Disguise.LibOS.Composition;
        global using Disguise.LibOS.Domains;
        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>A class that is an architecture as far as the loader looks.</summary>
    public static string Architecture(string type, string name, string constructor = "") => $$"""
        public sealed class {{type}} : IArchitecture
        {
            {{constructor}}
            public string Name => "{{name}}";
            public IReadOnlyList<TenantInterface> Interfaces => [TenantInterface.Native];
            public bool CanPoll => true;
            public IKernelView Install(MachinePlan plan) => throw new NotSupportedException();
        }
        """;

    /// <summary>Compiles a text against what these tests have.</summary>
    public static string Write(string path, string text)
    {
        Emit(path, References, Usings, text);
        return path;
    }

    /// <summary>Compiles an architecture against another version of our library.</summary>
    public static string WriteForVersion(string path, string version)
    {
        var ours = typeof(IArchitecture).Assembly.GetName().Name!;
        var library = Path.Combine(Path.GetDirectoryName(path)!, "other", $"{ours}.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(library)!);
        var others = References.Where(reference =>
            Path.GetFileNameWithoutExtension(reference.Display) != ours).ToArray();
        Emit(library, others, $$"""
            [assembly: System.Reflection.AssemblyVersion("{{version}}")]
            namespace Disguise.LibOS.Composition
            {
                public interface IArchitecture
                {
                    string Name { get; }
                }
            }
            """);
        Emit(path, [.. others, MetadataReference.CreateFromFile(library)], """
            public sealed class Old : Disguise.LibOS.Composition.IArchitecture
            {
                public string Name => "old";
            }
            """);
        return path;
    }

    private static void Emit(
        string path, IEnumerable<MetadataReference> references, params string[] texts)
    {
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            texts.Select(text => CSharpSyntaxTree.ParseText(text)), references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var result = compilation.Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }
}
