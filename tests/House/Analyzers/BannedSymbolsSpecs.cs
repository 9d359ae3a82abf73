using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Disguise.House.Tests.Analyzers;

public sealed class BannedSymbolsSpecs
{
    private static readonly string[] Ids = File.ReadAllLines(Compiled.BannedSymbolsPath)
        .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
        .Select(line => line.Split(';')[0])
        .ToArray();

    // One compilation for all lines of the list: a snippet each, by the index of the line.
    private static readonly Lazy<ILookup<string, string>> Reported = new(Report);

    public static TheoryData<string> BannedIds => [.. Ids];

    [Theory]
    [MemberData(nameof(BannedIds))]
    public void A_banned_symbol_does_not_compile(string id)
    {
        var place = Array.IndexOf(Ids, id).ToString();

        Assert.Equal(["RS0030"], Reported.Value[place].Distinct());
    }

    [Theory]
    [InlineData(
        "async Task M(Akka.Actor.IActorRef a) => await a.Ask<int>(1);",
        "using Akka.Actor;")]
    [InlineData("void M(Task<int> t, Akka.Actor.IActorRef a) => t.PipeTo(a);", "using Akka.Actor;")]
    [InlineData("object M(Akka.Actor.IActorContext c) => c.GetLogger();", "using Akka.Event;")]
    [InlineData("void M() => Task.Run(() => 1);")]
    [InlineData("void M() => Task.Factory.StartNew(() => 1);")]
    [InlineData("Task M() => Task.Delay(1);")]
    [InlineData("void M() => Parallel.For(0, 9, i => { });")]
    [InlineData("object M(int[] a) => a.AsParallel();")]
    [InlineData("int M() => new Random(42).Next();")]
    [InlineData("int M() => Random.Shared.Next();")]
    [InlineData("int M() => HashCode.Combine(1, 2);")]
    [InlineData("int M(object o) => o.GetHashCode();")]
    [InlineData("override public int GetHashCode() => base.GetHashCode();")]
    [InlineData("long M() => System.Diagnostics.Stopwatch.GetTimestamp();")]
    [InlineData("object M() => TimeProvider.System;")]
    [InlineData("[ThreadStatic] static int value;")]
    [InlineData("object M() => new System.Threading.ThreadLocal<int>();")]
    [InlineData("object M() => System.Collections.Immutable.ImmutableDictionary<int, int>.Empty;")]
    [InlineData(
        "object M(int[] a) => a.ToImmutableHashSet();",
        "using System.Collections.Immutable;")]
    [InlineData(
        "object M() => new System.Collections.Concurrent.ConcurrentDictionary<int, int>();")]
    [InlineData("Func<double, double> M() => Math.Log;")]
    [InlineData("double M() => MathF.Sin(1f) + double.Exp(1);")]
    [InlineData(
        "object M() => new Akka.Actor.OneForOneStrategy(3, TimeSpan.FromSeconds(1), e => 0);")]
    public void What_people_would_write_does_not_compile(string member, string use = "")
    {
        var compilation = Compiled.Of($"{use} class C {{ {member} }}");

        var reported = Compiled.Analyze(compilation, Compiled.BannedApi);

        Assert.NotEmpty(reported);
        Assert.All(reported, diagnostic => Assert.Equal("RS0030", diagnostic.Id));
    }

    [Theory]
    [InlineData("double M(double d) => Math.Sqrt(d) + Math.Abs(d) + Math.Floor(d) + d / 3;")]
    [InlineData("object M() => new Akka.Actor.OneForOneStrategy(e => Akka.Actor.Directive.Stop);")]
    [InlineData("object M(Akka.Actor.IActorContext c) => c.ActorOf(null, \"name\");")]
    [InlineData("int M() => Environment.CurrentManagedThreadId;")]
    [InlineData("object M(Dictionary<string, int> d) => d[\"name\"];")]
    public void What_is_deterministic_compiles(string member)
    {
        var compilation = Compiled.Of($"class C {{ {member} }}");

        Assert.Empty(Compiled.Analyze(compilation, Compiled.BannedApi));
    }

    private static ILookup<string, string> Report()
    {
        var empty = Compiled.Of();
        var snippets = Ids.Select((id, i) => BannedSymbolUse.Of(Resolve(id, empty), i)).ToArray();
        return Compiled.Analyze(Compiled.Of(snippets), Compiled.BannedApi)
            .ToLookup(found => found.Location.SourceTree!.FilePath, found => found.Id);
    }

    // An entry that names nothing bans nothing, and the analyzer says nothing about it.
    private static ISymbol Resolve(string id, CSharpCompilation compilation) =>
        DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation)
        ?? throw new InvalidOperationException($"no symbol has the documentation ID {id}");
}
